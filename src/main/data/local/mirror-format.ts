import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomFillSync,
} from 'node:crypto';

/**
 * The bytes of the outbox mirror. A file is a row of records; each is
 * `marker (4) file (8) sequence (4) length (4) nonce (12) text (length) tag (16)`, the text encrypted with AES-256-GCM.
 * Everything before the nonce is authenticated with it, so a record cannot be changed, moved, repeated or come from
 * another file. A record tells where it ends and what comes before it, so one that is damaged costs no other.
 */

const marker = Buffer.from('CHM1');
const prefixBytes = 20;
const nonceBytes = 12;
const tagBytes = 16;
const overhead = prefixBytes + nonceBytes + tagBytes;

/** The mirror's own key, made of the database's: neither tells the other. */
export const mirrorKey = (databaseKey: Buffer): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', databaseKey, '', 'clinichub outbox mirror', 32)));

/** The mark that all records of one file share. */
export const newFileMark = (): Buffer => randomBytes(8);

/** Random bytes are fetched for many records at once: each fetch costs as much as sealing a record. */
const pool = Buffer.alloc(nonceBytes * 256);
let used = pool.length;

const freshNonce = (): Buffer => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += nonceBytes;
  return pool.subarray(used - nonceBytes, used);
};

/** One record, ready to be added to the file. `sequence` counts from 0 in each file. */
export const encodeRecord = (key: KeyObject, file: Buffer, sequence: number, text: string): Buffer => {
  const content = Buffer.from(text);
  const prefix = Buffer.allocUnsafe(prefixBytes);
  marker.copy(prefix);
  file.copy(prefix, 4);
  prefix.writeUInt32BE(sequence, 12);
  prefix.writeUInt32BE(content.length, 16);
  const nonce = freshNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(prefix);
  const sealed = cipher.update(content);
  cipher.final();
  return Buffer.concat([prefix, nonce, sealed, cipher.getAuthTag()]);
};

interface Found {
  readonly file: Buffer;
  readonly sequence: number;
  readonly text: string;
  readonly end: number;
}

/** The record that begins at `at`, or null when there is none or it is not as it was written. */
const recordAt = (bytes: Buffer, at: number, key: KeyObject): Found | null => {
  if (at + overhead > bytes.length || !bytes.subarray(at, at + 4).equals(marker)) return null;
  const prefix = bytes.subarray(at, at + prefixBytes);
  const end = at + overhead + prefix.readUInt32BE(16);
  if (end > bytes.length) return null;
  const from = at + prefixBytes + nonceBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(at + prefixBytes, from), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(prefix);
  decipher.setAuthTag(bytes.subarray(end - tagBytes, end));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(from, end - tagBytes)), decipher.final()]);
    return {
      file: prefix.subarray(4, 12),
      sequence: prefix.readUInt32BE(12),
      text: text.toString(),
      end,
    };
  } catch {
    return null;
  }
};

/** What can be read of a mirror. */
export interface Decoded {
  /** In order. */
  readonly texts: readonly string[];
  /**
   * `torn`: the end of the last record is missing, as after a power cut; `damaged`: something before it is not as it
   * was written.
   */
  readonly state: 'whole' | 'torn' | 'damaged';
  /** Records that are known to be missing. */
  readonly missing: number;
}

/** Reads every record of the file that is as it was written. Never throws. */
export const decodeRecords = (bytes: Buffer, key: KeyObject): Decoded => {
  const texts: string[] = [];
  let file: Buffer | null = null;
  let next = 0;
  let missing = 0;
  let skipped = false;
  let hurt = false;
  for (let at = 0; at < bytes.length; ) {
    const found = recordAt(bytes, at, key);
    const fits = found !== null && found.sequence >= next && (file?.equals(found.file) ?? true);
    if (fits) {
      hurt ||= skipped;
      skipped = false;
      file = found.file;
      missing += found.sequence - next;
      next = found.sequence + 1;
      texts.push(found.text);
      at = found.end;
      continue;
    }
    skipped = true;
    const after = bytes.indexOf(marker, at + 1);
    at = after === -1 ? bytes.length : after;
  }
  const state = hurt || missing > 0 ? 'damaged' : skipped ? 'torn' : 'whole';
  // What is unreadable behind the last good record was one record at least.
  return { texts, state, missing: missing + (skipped ? 1 : 0) };
};
