// Sound, voice and the phone's buzz. Browsers let a page sound only after it was touched.

import { language } from './words.js';

let audio = null;

/** To be called from a touch; afterwards the page may sound. */
export async function wakeSound() {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') {
    await audio.resume();
  }
  return audio.state === 'running';
}

export const canSound = () => audio?.state === 'running';

const TUNES = {
  // Up a fourth and a third: done.
  paid: [[659, 0], [880, 0.14], [1109, 0.28]],
  // Twice the same pair: look here.
  ring: [[988, 0], [784, 0.2], [988, 0.55], [784, 0.75]],
  over: [[392, 0], [330, 0.2]],
};

export function sound(tune) {
  if (!canSound()) {
    return;
  }
  for (const [pitch, after] of TUNES[tune]) {
    const at = audio.currentTime + after;
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    tone.type = 'sine';
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.0001, at);
    loudness.gain.exponentialRampToValueAtTime(0.5, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
    tone.connect(loudness).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.4);
  }
}

export function buzz(pattern) {
  navigator.vibrate?.(pattern);
}

export function speak(text) {
  if (!('speechSynthesis' in window)) {
    return;
  }
  const words = new SpeechSynthesisUtterance(text);
  words.lang = language === 'en' ? 'en-US' : 'ja-JP';
  words.rate = 0.95;
  speechSynthesis.speak(words);
}
