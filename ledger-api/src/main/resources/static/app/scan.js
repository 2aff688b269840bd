// Reads QR codes from the camera or a picture: the browser's own reader where there is one, else the one we carry.

import { find } from './dom.js';
import { say } from './words.js';

const LONGEST_SIDE = 1280;

async function makeReader() {
  if ('BarcodeDetector' in window) {
    try {
      if ((await BarcodeDetector.getSupportedFormats()).includes('qr_code')) {
        const detector = new BarcodeDetector({ formats: ['qr_code'] });
        return async (image) => (await detector.detect(image))[0]?.rawValue ?? null;
      }
    } catch {
      // Some systems name the reader and have none.
    }
  }
  const { decodeQR } = await import('/vendor/qr-0.7.0/decode.js');
  const canvas = document.createElement('canvas');
  const paper = canvas.getContext('2d', { willReadFrequently: true });
  return async (image) => {
    const width = image.videoWidth ?? image.width;
    const height = image.videoHeight ?? image.height;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    paper.drawImage(image, 0, 0, canvas.width, canvas.height);
    try {
      return decodeQR(paper.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      return null;
    }
  };
}

let reader = null;
const readCode = async (image) => {
  reader ??= makeReader();
  return (await reader)(image);
};

/** Brings a scanner part of the page to life. {@code onText} gets each code read; it stops with the first. */
export function scanner(part, onText) {
  const eye = find('.eye', part);
  const video = find('video', part);
  const state = find('#scan-state', part);
  const start = find('#scan-start', part);
  const picture = find('#scan-picture', part);
  let stream = null;

  function stop() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    eye.hidden = true;
  }

  async function look() {
    const mine = stream;
    while (stream !== null && stream === mine) {
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        const text = await readCode(video);
        if (text && stream === mine) {
          stop();
          state.textContent = say('scan.read');
          onText(text);
          return;
        }
      }
      await new Promise((next) => { setTimeout(next, 80); });
    }
  }

  async function open() {
    start.hidden = true;
    if (!navigator.mediaDevices?.getUserMedia) {
      state.textContent = say('scan.none');
      return;
    }
    try {
      stop();
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      video.srcObject = stream;
      eye.hidden = false;
      await video.play();
      state.textContent = say('scan.looking');
      look();
    } catch (e) {
      stop();
      state.textContent = say(e.name === 'NotAllowedError' ? 'scan.denied' : 'scan.none');
      start.hidden = e.name !== 'NotAllowedError';
    }
  }

  start.addEventListener('click', open);
  picture.addEventListener('change', async () => {
    const [file] = picture.files;
    picture.value = '';
    if (!file) {
      return;
    }
    let text = null;
    try {
      text = await readCode(await createImageBitmap(file));
    } catch {
      // Not a picture at all; the same words help.
    }
    if (text) {
      stop();
      state.textContent = say('scan.read');
      onText(text);
    } else {
      state.textContent = say('scan.nothing');
    }
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && stream !== null) {
      stop();
      start.hidden = false;
    }
  });
  return { open, stop };
}
