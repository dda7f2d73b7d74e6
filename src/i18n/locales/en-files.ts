import { fileErrors } from '../../protocol/index.js';
import { timesEnglish } from './en-times.js';

/** English of files, which loads when somebody may send one. */
export const filesEn = {
  'error.file_empty': fileErrors.file_empty,
  'error.file_too_large': fileErrors.file_too_large,
  'error.too_many_files': fileErrors.too_many_files,

  'files.limit': 'Up to 10 files of at most 10 MB each',
  'files.drop': 'Drop files to attach them',
  'files.wait': 'Files are still being uploaded.',
  'files.toSend': 'Files to send',
  'files.shown': 'Attachments',
  'files.queued': 'Waiting',
  'files.uploading': (share: string): string => `Uploading, ${share}`,
  'files.cancelled': 'Cancelled',
  'files.progress': (name: string): string => `Uploading ${name}`,
  'files.cancel': (name: string): string => `Cancel ${name}`,
  'files.retry': (name: string): string => `Try ${name} again`,
  'files.remove': (name: string): string => `Remove ${name}`,
  'files.failed': (name: string, reason: string): string => `${name}: ${reason}`,
  'files.ready': (name: string): string => `${name} is ready to send`,
  'files.open': (name: string): string => `Open ${name} in a new tab`,
  'files.download': (name: string): string => `Download ${name}`,
  'files.gone': 'No longer available',
} as const;

export const filesEnglish = { ...timesEnglish, ...filesEn };
