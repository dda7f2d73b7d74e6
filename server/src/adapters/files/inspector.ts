import { CodedError } from '#kit/protocol/errors.js';
import type { FileInspector, Inspected, ReceivedFile } from '../../file-ports.js';
import { findStreamName, isPlainText } from './file-text.js';
import { fileName } from './file-name.js';
import { olderOffice, takenType, textType, type FileType } from './file-types.js';
import { PictureReader } from './picture-reader.js';
import { toldAsStorage } from './storage-fault.js';

/** Tells what a file is by its bytes alone, and makes the thumbnails of pictures. */
export function createFileInspector(): FileInspector {
  const pictures = new PictureReader();
  return {
    async inspect(file, given): Promise<Inspected> {
      const type = await toldAsStorage(recognise(file, given));
      if (!type) throw new CodedError('file_type_refused');
      const name = fileName(given, type);
      const picture = type.picture ? await pictures.read(file.path) : null;
      return { name, mediaType: type.mediaType, picture };
    },
    close: () => pictures.close(),
  };
}

async function recognise({ path }: ReceivedFile, given: string): Promise<FileType | null> {
  // With the first file: a server that gets none need not load it.
  const { fileTypeFromFile } = await import('file-type');
  const found = await fileTypeFromFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    return undefined;
  });
  if (found?.mime === 'application/x-cfb') {
    return (await findStreamName(path, olderOffice))?.type ?? null;
  }
  if (found) return takenType(found.mime);
  return (await isPlainText(path)) ? textType(given) : null;
}
