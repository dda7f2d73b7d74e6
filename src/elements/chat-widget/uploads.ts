/** Fetched with the first file: few visitors send any. */
export { createUploads } from '../../store/uploads.js';
import '../conv-uploads/conv-uploads.js';
