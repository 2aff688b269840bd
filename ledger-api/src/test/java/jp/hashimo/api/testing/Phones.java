package jp.hashimo.api.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/** The phones of the town: an SMS gateway that hands every message to whom it is for. */
public final class Phones implements AutoCloseable {
    private static final Map<String, String> MESSAGES = new ConcurrentHashMap<>();

    private final HttpServer server;

    Phones() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    var message = JsonMapper.shared().readTree(exchange.getRequestBody());
                    MESSAGES.put(message.at("/to").asString(), message.at("/text").asString());
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    /** The last message to a number, or an empty one. */
    public static String messageTo(String digits) {
        return MESSAGES.getOrDefault(digits, "");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
