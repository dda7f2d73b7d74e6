import { CodedError } from '../../src/protocol/index.js';
import type { Attachment } from '../../src/domain/index.js';
import { createUploads } from '../../src/store/uploads.js';

export const attachments: Attachment[] = [
  {
    id: 'at_offer',
    name: 'offer-cargo-bike.pdf',
    size: 348_160,
    mediaType: 'application/pdf',
    image: null,
  },
];

/** One file on its way, one that was refused. */
export const demoUploads = createUploads({
  onConnection: () => () => undefined,
  upload(file, { onProgress }) {
    if (file.name.endsWith('.exe')) return Promise.reject(new CodedError('file_type_refused'));
    onProgress(0.62);
    return new Promise(() => undefined);
  },
});
demoUploads.add([
  { name: 'frame.jpg', size: 1_258_291, type: 'image/jpeg' },
  { name: 'setup.exe', size: 90_112, type: 'application/octet-stream' },
]);
