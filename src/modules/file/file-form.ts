import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Principal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { setRateHeaders } from '../../common/http/rate-headers.js';
import { UploadDto } from './dto/file.dto.js';
import { FileExpected, FileTooLarge } from './file.errors.js';
import type { IncomingFile } from './file-intake.js';
import type { FileService } from './file.service.js';

/** The form around the file. */
const FORM_BYTES = 64 * 1024;

/** Documents a route that takes one file in a form. */
export function ApiUpload(): MethodDecorator {
  return applyDecorators(
    ApiConsumes('multipart/form-data'),
    ApiBody({ type: UploadDto }),
    ApiErrors(
      'common.validation_failed',
      'common.rate_limited',
      'common.payload_too_large',
      'files.unsupported_type',
    ),
  );
}

/** Takes the one file of a form in, within what its sender may upload. Throws FileExpected, FileTooLarge, RateLimited, Forbidden. */
export async function receive<T>(
  files: FileService,
  principal: Principal,
  [request, reply]: [FastifyRequest, FastifyReply],
  keep: (file: IncomingFile) => Promise<T>,
): Promise<T> {
  try {
    setRateHeaders(reply, await files.limitUploading(principal));
    return await keep(await incomingOf(request, await files.maxBytesFor(principal)));
  } catch (error) {
    throwAway(request.raw);
    throw error;
  }
}

/**
 * Few clients look for an answer while they send: most would find the connection gone, and never learn why. The server's
 * timeout ends what has no end.
 */
function throwAway(form: IncomingMessage): void {
  form.unpipe();
  form.resume();
}

/** The file, still on its way in. */
async function incomingOf(request: FastifyRequest, maxBytes: number): Promise<IncomingFile> {
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
