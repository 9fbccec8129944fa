import { open } from 'node:fs/promises';

/** An archive is read from its end: this record, and a comment of at most so many bytes. */
const END = Buffer.from('PK\x05\x06', 'latin1');
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

/** Whether it can be opened as an archive, whatever it begins with. */
export async function endsAsArchive(path: string): Promise<boolean> {
  const tail = await tailOf(path, END_BYTES + LONGEST_COMMENT);
  for (let at = tail.indexOf(END); at >= 0; at = tail.indexOf(END, at + 1)) {
    const isWhole = at + END_BYTES <= tail.length;
    if (isWhole && at + END_BYTES + tail.readUInt16LE(at + END_BYTES - 2) === tail.length) return true;
  }
  return false;
}

async function tailOf(path: string, most: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, most);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
