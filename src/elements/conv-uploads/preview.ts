import type { LocalFile } from '../../transport/api.js';

/** Formats that every browser draws. */
const drawable = /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/;

export function isPicture({ type }: LocalFile): boolean {
  return drawable.test(type);
}

/**
 * Draws a file into a canvas, cut to fill it. No address is made for it: a page's policy for
 * pictures need not allow `blob:`. Rejects for what is no picture.
 */
export async function drawPreview(canvas: HTMLCanvasElement, file: LocalFile): Promise<void> {
  const picture = await createImageBitmap(file as File);
  try {
    const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height);
    const width = picture.width * scale;
    const height = picture.height * scale;
    const left = (canvas.width - width) / 2;
    const top = (canvas.height - height) / 2;
    canvas.getContext('2d')?.drawImage(picture, left, top, width, height);
  } finally {
    picture.close();
  }
}
