import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { CodedError } from '#kit/protocol/errors.js';
import type { FileUploaded } from '#kit/protocol/http.js';
import { limits } from '#kit/protocol/limits.js';
import { networkOf } from '../remote-address.js';
import { Tally } from '../tally.js';
import { uploaderOf } from '../usecases/claim-files.js';
import { readFile } from '../usecases/read-file.js';
import { mayUpload, uploadFile } from '../usecases/upload-file.js';
import { callerOf } from './caller-of.js';
import { liftBodyTime, limitBodyTime } from './body-deadline.js';
import { contentDisposition } from './content-disposition.js';
import { openToWebsites } from './cors.js';
import { paced, type Pace } from './paced.js';
import { parser } from './respond.js';
import type { V1Context } from './v1-context.js';

const parseAddress = parser(Type.Object({ id: Type.String(), variant: Type.String() }));
const parseSignature = parser(
  Type.Object({ viewer: Type.String(), expires: Type.String(), signature: Type.String() }),
);

/** What a multipart body may hold beside the file: boundaries, headers and a field. */
const framing = 16_384;
/** Half a kilobyte a second; the whole in 30 minutes, which is what 10 MB take at 45 kbit/s. */
const slowest: Pace = { everyMs: 30_000, minBytes: 15_000, totalMs: 30 * 60_000 };
/** How long what follows the file, or the rest of a refused one, may take to come. */
const drainMs = 15_000;
/** Uploads that run at a time on one server. */
const atOnce = { uploader: 10, network: 100 };

/** Files that come in by a channel token, and go out by an address signed for one person. */
export async function fileRoutes(
  fastify: FastifyInstance,
  context: V1Context & { uploadPace?: Pace },
): Promise<void> {
  const { ports, rateLimits, config, uploadPace = slowest } = context;
  openToWebsites(fastify, ['/files']);
  await fastify.register(multipart, {
    throwFileSizeLimit: false,
    limits: {
      // One more than is taken, so that the reader sees that there is more.
      fileSize: limits.fileSize + 1,
      files: 1,
      fields: 2,
      fieldSize: 200,
      fieldNameSize: 100,
      headerPairs: 20,
    },
  });
  const running = new Tally();

  fastify.post(
    '/files',
    { bodyLimit: limits.fileSize + framing },
    async (request, reply): Promise<FileUploaded> => {
      reply.header('cache-control', 'no-store');
      const caller = await callerOf(context, request);
      const { type, id } = uploaderOf(caller);
      await rateLimits.uploadsPerMinute.spend(networkOf(request.ip));
      await rateLimits[
        type === 'agent' ? 'agentUploadsPerMinute' : 'visitorUploadsPerMinute'
      ].spend(id);
      const length = Number(request.headers['content-length'] ?? 0);
      if (length > limits.fileSize + framing) throw new CodedError('file_too_large');

      const network = networkOf(request.ip);
      if (running.count(id) >= atOnce.uploader || running.count(network) >= atOnce.network) {
        throw new CodedError('rate_limited', { retryAfterMs: 2_000 });
      }
      running.add(id, network);
      try {
        const part = await filePart(request);
        const conversationId = fieldOf(part, 'conversationId');
        await mayUpload(ports, caller, conversationId, config.limits);
        liftBodyTime(request.raw);
        const content = paced(part.file, uploadPace);
        // Browsers spell a quotation mark so, and a percent sign as it is.
        const name = part.filename.replaceAll('%22', '"');
        const upload = { name, content, conversationId };
        return { attachment: await uploadFile(ports, caller, upload, config.limits) };
      } catch (fault) {
        // Browsers read the answer only once they have sent everything.
        request.raw.resume();
        throw fault;
      } finally {
        running.remove(id, network);
        if (!request.raw.complete) limitBodyTime(request.raw, drainMs);
      }
    },
  );

  fastify.get('/files/:id/:variant', async (request, reply): Promise<FastifyReply> => {
    const address = parseAddress(request.params);
    const file = await readFile(ports, { ...address, ...parseSignature(request.query) });
    const maxAge = Math.max(0, Math.floor((file.expiresAt - ports.clock.now()) / 1000));
    return reply
      .headers({
        'content-type': typeFor(file),
        'content-length': file.size,
        'content-disposition': contentDisposition(
          file.isPicture ? 'inline' : 'attachment',
          file.name,
        ),
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': `private, max-age=${maxAge}, immutable`,
      })
      .send(file.content);
  });
}

/** Only pictures carry a type that browsers act on; text says how it is written. */
function typeFor({ mediaType }: { mediaType: string }): string {
  return mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType;
}

async function filePart(request: FastifyRequest): Promise<MultipartFile> {
  if (!request.isMultipart()) throw new CodedError('invalid_payload');
  let part: MultipartFile | undefined;
  try {
    part = await request.file();
  } catch (cause) {
    throw new CodedError(isCutOff(cause) ? 'file_incomplete' : 'invalid_payload', { cause });
  }
  if (part?.fieldname !== 'file') {
    part?.file.resume();
    throw new CodedError('invalid_payload');
  }
  return part;
}

function isCutOff(cause: unknown): boolean {
  const { code, message } = cause as Partial<NodeJS.ErrnoException>;
  return code === 'FST_MP_PREMATURE_CLOSE' || /premature|unexpected end/i.test(message ?? '');
}

function fieldOf({ fields }: MultipartFile, name: string): string | null {
  const field = fields[name];
  if (!field || Array.isArray(field) || field.type !== 'field') return null;
  return typeof field.value === 'string' && field.value !== '' ? field.value : null;
}
