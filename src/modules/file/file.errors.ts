import { DomainError } from '../../common/errors/domain-error.js';

export class UnsupportedType extends DomainError {
  constructor(message = 'Files of this type cannot be sent here.') {
    super('unsupported', 'files.unsupported_type', message);
  }
}

export class FileTooLarge extends DomainError {
  constructor(maxBytes: number) {
    super('too_large', 'common.payload_too_large', 'This file is too large.', { maxBytes });
  }
}

export class TooManyPixels extends UnsupportedType {
  constructor() {
    super('This picture is too large to be shown. Make it smaller and try again.');
  }
}

export class AlreadyAttached extends DomainError {
  constructor() {
    super(
      'conflict',
      'files.already_attached',
      'This file was sent before. Upload it again to send it again.',
    );
  }
}

export class LinkExpired extends DomainError {
  constructor() {
    super('forbidden', 'files.link_expired', 'This link is no longer good. Ask for a fresh one.');
  }
}

export class UploadBroken extends DomainError {
  constructor() {
    super('invalid', 'common.validation_failed', 'The upload did not arrive whole.', [
      { path: 'file', message: 'must arrive whole' },
    ]);
  }
}

export class FileExpected extends DomainError {
  constructor() {
    super('invalid', 'common.validation_failed', 'Some of what was sent is not valid.', [
      { path: 'file', message: 'must be a file in multipart/form-data' },
    ]);
  }
}
