package jp.hashimo.api.merchant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a store and kept in the vault alone, because it may be a person's.
 *
 * @param area the part of the city it is in, if it was told
 * @param bankAccountPosition the position of the fact by which the bank account came, so that an
 *     older change never replaces a newer one; 0 for the account of the registration
 */
public record StoreProfile(
        String name, @Nullable String area, BankAccount bankAccount, long bankAccountPosition) {

    StoreProfile paidTo(BankAccount account, long position) {
        return position > bankAccountPosition
                ? new StoreProfile(name, area, account, position)
                : this;
    }

    @Override
    public String toString() {
        return "a store's profile";
    }
}
