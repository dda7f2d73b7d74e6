import type { Readable } from 'node:stream';
import type { Attachment } from '#kit/domain/index.js';

/** The interfaces for uploaded files, beside those of `ports.ts`. Sizes are bytes, times epoch ms. */

export interface Uploader {
  type: 'contact' | 'agent';
  id: string;
}

/** A file as stored. */
export interface AttachmentRecord extends Attachment {
  workspaceId: string;
  /** Where an agent may send it, or where it was sent. */
  conversationId: string | null;
  /** Null until a message names it. */
  messageId: string | null;
  uploader: Uploader;
  createdAt: number;
}

/** A file with what tells who may see it; `shown` is null until a message names it. */
export interface FoundAttachment extends AttachmentRecord {
  shown: {
    contactId: string;
    /** False where the conversation is an earlier one. */
    live: boolean;
    /** False for a comment's. */
    public: boolean;
  } | null;
}

/** `Messages.insert` ties them to a message, `Messages.change` gives up a deleted one's. */
export interface Attachments {
  create(attachment: AttachmentRecord): Promise<void>;
  /** Those that can still be shown to somebody, in no order. */
  find(ids: string[]): Promise<FoundAttachment[]>;
  /** Within a transaction: locks those that this uploader may send there, in the order asked. */
  claim(query: {
    ids: string[];
    uploader: Uploader;
    workspaceId: string;
    /** Null for a visitor, who has one conversation. */
    conversationId: string | null;
  }): Promise<Attachment[]>;
  /** What an uploader has sent that no message names yet. */
  waiting(uploader: Uploader): Promise<{ count: number; bytes: number }>;
  /** Marks as deleted what no message named since before a time. */
  giveUp(query: { before: number; now: number; limit: number }): Promise<void>;
  /** Ids of files that nobody is shown any more, the longest deleted first. */
  deleted(limit: number): Promise<string[]>;
  /** Forgets deleted ones, once their bytes are gone. */
  remove(ids: string[]): Promise<void>;
  /** Which of the ids name a file, also a deleted one. */
  known(ids: string[]): Promise<string[]>;
  /** True for one server at most in every `everyMs`, for each job. */
  beginJob(query: { job: string; now: number; everyMs: number }): Promise<boolean>;
}

export type FileVariant = 'original' | 'thumbnail';

/** Bytes on this machine that are kept nowhere yet. */
export interface ReceivedFile {
  path: string;
  size: number;
}

/**
 * Where the bytes of files are kept. Every call rejects with `storage_full` where there is no room
 * and with `storage_unavailable` and a time to come back where the store does not answer.
 */
export interface FileStore {
  /**
   * Takes in a stream, of which little is held in memory. Rejects with `file_too_large`, and with
   * the stream's own fault; nothing is left of it then.
   */
  receive(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ReceivedFile>;
  /** Keeps received bytes, whole or not at all. The received file is gone after. */
  put(id: string, variant: FileVariant, file: ReceivedFile): Promise<void>;
  /** Drops what was received and not kept; what is gone already is no fault. */
  discard(file: Pick<ReceivedFile, 'path'>): Promise<void>;
  /** Null where there is none. The stream must be read or destroyed. */
  get(id: string, variant: FileVariant): Promise<{ size: number; content: Readable } | null>;
  /** Deletes every variant; what is gone already is no fault. */
  delete(id: string): Promise<void>;
  /** Some of what is kept, after a cursor; the next cursor is null at the end. */
  list(
    after: string | null,
  ): Promise<{ files: { id: string; storedAt: number }[]; next: string | null }>;
  /** Drops what servers that ended in the middle had received before a time. */
  dropReceived(before: number): Promise<void>;
}

/** What a file is, by its bytes. */
export interface Inspected {
  name: string;
  mediaType: string;
  /** A picture that browsers show, and a small one of it. */
  picture: { width: number; height: number; thumbnail: ReceivedFile } | null;
}

export interface FileInspector {
  /** Rejects with `file_type_refused` and `file_damaged`; no thumbnail is left then. */
  inspect(file: ReceivedFile, name: string): Promise<Inspected>;
  close(): void;
}

/** Addresses that show a file to one person for a while. */
export interface FileLinks {
  sign(link: FileSubject): { url: string; expiresAt: number };
  /** Null where it was not signed here, or has expired. */
  verify(link: SignedFileLink): FileSubject | null;
}

export interface FileSubject {
  id: string;
  variant: FileVariant;
  viewer: Uploader;
}

/** The parts of an address as they came. */
export interface SignedFileLink {
  id: string;
  variant: string;
  viewer: string;
  expires: string;
  signature: string;
}
