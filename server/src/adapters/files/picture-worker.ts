/**
 * A process of its own: what goes wrong in a decoder, or takes all memory, ends it and not the
 * server. Reads one picture after the other, as the parent says.
 */
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { FromPictureWorker, ToPictureWorker } from './picture-reader.js';

/** Wider and higher than any screen shows in a thread, twice. */
const thumbnailPixels = 480;
/** About 60 megapixels: 240 MB once it is decoded. Cameras of phones make 50. */
const maxPixels = 60_000_000;

sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegFile',
    'VipsForeignLoadPngFile',
    'VipsForeignLoadWebpFile',
    'VipsForeignLoadNsgifFile',
    'VipsForeignLoadHeifFile',
  ],
});

async function read({ path, thumbnailPath }: ToPictureWorker): Promise<FromPictureWorker> {
  const picture = sharp(path, {
    limitInputPixels: maxPixels,
    failOn: 'error',
    sequentialRead: true,
  });
  const { autoOrient } = await picture.metadata();
  const thumbnail = await picture
    .autoOrient()
    .resize({
      width: thumbnailPixels,
      height: thumbnailPixels,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .webp({ quality: 75 })
    .toBuffer();
  await writeFile(thumbnailPath, thumbnail, { mode: 0o600 });
  return { width: autoOrient.width, height: autoOrient.height, size: thumbnail.length };
}

process.on('message', (message: ToPictureWorker) => {
  void read(message)
    .catch((fault: NodeJS.ErrnoException): FromPictureWorker => ({ fault: fault.code ?? null }))
    .then((answer) => process.send?.(answer));
});
