import type { FastifyRequest } from 'fastify';
import { FileExpected, FileTooLarge } from './file.errors.js';
import type { IncomingFile } from './file-intake.js';

/** The form around the file. */
const FORM_BYTES = 64 * 1024;

/** The one file of a form, still on its way in. Throws FileExpected, FileTooLarge. */
export async function incomingOf(request: FastifyRequest, maxBytes: number): Promise<IncomingFile> {
  if (!request.isMultipart()) throw new FileExpected();
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + FORM_BYTES)
    throw new FileTooLarge(maxBytes);
  // The intake counts for itself: its limit is the one that is told.
  const limits = { fileSize: maxBytes + 1, files: 1, fields: 5, parts: 6 };
  const found = await request.file({ limits }).catch(refuseForm);
  if (found?.fieldname !== 'file') throw new FileExpected();
  return { name: found.filename, declaredType: found.mimetype, bytes: found.file, maxBytes };
}

/** A form that cannot be read, or that has no end before its file begins. */
function refuseForm(error: unknown): never {
  throw (error as { statusCode?: number }).statusCode === 413 ? error : new FileExpected();
}
