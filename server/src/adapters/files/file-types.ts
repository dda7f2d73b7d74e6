/** What is taken in, by the type found in the bytes. Whatever is not here is refused. */
export interface FileType {
  mediaType: string;
  /** Endings that a name of this type may have; the first is given to one that has none of them. */
  extensions: readonly [string, ...string[]];
  /** Browsers show it, so it gets a thumbnail. */
  picture?: true;
}

const type = (mediaType: string, ...extensions: FileType['extensions']): FileType => ({
  mediaType,
  extensions,
});
const picture = (mediaType: string, ...extensions: FileType['extensions']): FileType => ({
  ...type(mediaType, ...extensions),
  picture: true,
});

const office = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

/** By the name that file-type gives. Documents with macros and whatever a system runs are missing. */
const taken: Record<string, FileType> = {
  'image/jpeg': picture('image/jpeg', 'jpg', 'jpeg', 'jpe', 'jfif'),
  'image/png': picture('image/png', 'png'),
  'image/apng': picture('image/png', 'png', 'apng'),
  'image/gif': picture('image/gif', 'gif'),
  'image/webp': picture('image/webp', 'webp'),
  'image/avif': picture('image/avif', 'avif'),
  'image/heic': type('image/heic', 'heic', 'heif'),
  'image/heif': type('image/heif', 'heif', 'heic'),
  'image/tiff': type('image/tiff', 'tif', 'tiff'),
  'image/bmp': type('image/bmp', 'bmp'),
  'application/pdf': type('application/pdf', 'pdf'),
  'application/rtf': type('application/rtf', 'rtf'),
  [`${office}.wordprocessingml.document`]: type(`${office}.wordprocessingml.document`, 'docx'),
  [`${office}.spreadsheetml.sheet`]: type(`${office}.spreadsheetml.sheet`, 'xlsx'),
  [`${office}.presentationml.presentation`]: type(`${office}.presentationml.presentation`, 'pptx'),
  [`${openDocument}.text`]: type(`${openDocument}.text`, 'odt'),
  [`${openDocument}.spreadsheet`]: type(`${openDocument}.spreadsheet`, 'ods'),
  [`${openDocument}.presentation`]: type(`${openDocument}.presentation`, 'odp'),
  [`${openDocument}.graphics`]: type(`${openDocument}.graphics`, 'odg'),
  'application/zip': type('application/zip', 'zip'),
  'text/calendar': type('text/calendar', 'ics'),
  'text/vcard': type('text/vcard', 'vcf'),
  'text/vtt': type('text/vtt', 'vtt'),
  'audio/mpeg': type('audio/mpeg', 'mp3', 'mp2'),
  'audio/mp4': type('audio/mp4', 'm4a', 'mp4'),
  'audio/x-m4a': type('audio/mp4', 'm4a', 'mp4'),
  'audio/aac': type('audio/aac', 'aac'),
  'audio/ogg': type('audio/ogg', 'ogg', 'oga'),
  'audio/ogg; codecs=opus': type('audio/ogg', 'opus', 'ogg', 'oga'),
  'audio/flac': type('audio/flac', 'flac'),
  'audio/wav': type('audio/wav', 'wav'),
  'audio/amr': type('audio/amr', 'amr'),
  'video/mp4': type('video/mp4', 'mp4', 'm4v'),
  'video/x-m4v': type('video/mp4', 'm4v', 'mp4'),
  'video/quicktime': type('video/quicktime', 'mov', 'qt'),
  'video/webm': type('video/webm', 'webm'),
  'video/ogg': type('video/ogg', 'ogv'),
  'video/3gpp': type('video/3gpp', '3gp'),
  'video/3gpp2': type('video/3gpp2', '3g2'),
  'video/matroska': type('video/matroska', 'mkv'),
  'video/mpeg': type('video/mpeg', 'mpg', 'mpeg'),
  'video/vnd.avi': type('video/vnd.avi', 'avi'),
};

export function takenType(found: string): FileType | null {
  return Object.hasOwn(taken, found) ? (taken[found] ?? null) : null;
}

const csv = type('text/csv', 'csv');
/** No ending here makes a system run the file; any other text gets `.txt` behind its own. */
const plain = type('text/plain', 'txt', 'md', 'log', 'json', 'tsv', 'srt', 'yaml', 'yml', 'conf');

/** Text has no mark in its bytes: only its name tells a table from prose. */
export function textType(name: string): FileType {
  return name.toLowerCase().endsWith('.csv') ? csv : plain;
}

/** Documents of older office programs, by the name of a stream that only they have. */
export const olderOffice: readonly { stream: string; type: FileType }[] = [
  { stream: 'WordDocument', type: type('application/msword', 'doc', 'dot') },
  { stream: 'Workbook', type: type('application/vnd.ms-excel', 'xls', 'xlt') },
  { stream: 'PowerPoint Document', type: type('application/vnd.ms-powerpoint', 'ppt', 'pps') },
];
