import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { UnsupportedType } from './file.errors.js';

/** Marks by which browsers of old took text for a page. */
const PAGE = /<(!doctype|html|head|body|script|iframe|svg|style|title|img|a\s|br|p>|table|\?xml)/i;
// eslint-disable-next-line no-control-regex -- these are what tells bytes from text
const NOT_TEXT = /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/;
const SNIFFED = 2_048;

/** Throws UnsupportedType unless all of it is UTF-8 text, and none that could be taken for a page. */
export async function assertPlainText(path: string): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const file = await open(path);
  let isFirst = true;
  try {
    for await (const chunk of file.createReadStream() as AsyncIterable<Buffer>) {
      const text = decode(decoder, chunk);
      if (NOT_TEXT.test(text) || (isFirst && PAGE.test(text.slice(0, SNIFFED)))) throw new UnsupportedType();
      isFirst = false;
    }
    decode(decoder, undefined);
  } finally {
    await file.close();
  }
}

/** Without more to come, what is left must be whole. */
function decode(decoder: TextDecoder, chunk: Buffer | undefined): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw new UnsupportedType();
  }
}
