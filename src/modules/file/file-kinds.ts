import { UnsupportedType } from './file.errors.js';

/** All that may be uploaded, each with the endings that fit it; the first is the usual one. */
const ENDINGS: Record<string, readonly string[]> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'text/plain': ['txt', 'log', 'md', 'text'],
  'text/csv': ['csv'],
  'application/json': ['json'],
  'application/zip': ['zip'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm'],
  'audio/webm': ['webm'],
  'audio/mpeg': ['mp3'],
  'audio/wav': ['wav'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'video/ogg': ['ogv', 'ogg'],
  'audio/mp4': ['m4a', 'mp4'],
};

const ARCHIVES = /^application\/(zip$|vnd\.openxmlformats-|vnd\.oasis\.)/;

/** Other names of the same. */
const SAME: Record<string, string> = {
  'image/apng': 'image/png',
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'audio/vnd.wave': 'audio/wav',
  'video/matroska; codecs=webm': 'video/webm',
};

const TEXTS = ['text/plain', 'text/csv', 'application/json'];
/** What a browser or a desktop would run. As text it would be harmless only as long as nobody renames or opens it. */
const ACTIVE = new Set('html htm xhtml shtml svg svgz xml mht mhtml hta js mjs css xsl php'.split(' '));

/** The type that is served, of the type that the first bytes show. Throws UnsupportedType. */
export function allowedType(detected: string): string {
  const type = SAME[detected] ?? detected;
  if (!(type in ENDINGS)) throw new UnsupportedType();
  return type;
}

/** Office files are archives with a fixed content. */
export function isArchive(type: string): boolean {
  return ARCHIVES.test(type);
}

/** Which text it is, by its name; text has no marks of its own. Throws UnsupportedType. */
export function textTypeOf(name: string): string {
  const ending = endingOf(name);
  if (ACTIVE.has(ending)) throw new UnsupportedType();
  return TEXTS.find((type) => ENDINGS[type]?.includes(ending)) ?? 'text/plain';
}

/** Throws UnsupportedType for what says that it is a picture and is none: it is meant to deceive. */
export function assertHonest(type: string, name: string, declared: string): void {
  const claims = isPictureType(declared) || isPictureType(typeOf(name) ?? '');
  if (claims && !isPictureType(type)) throw new UnsupportedType();
}

/** The name with an ending that fits: `photo.exe` that is a picture becomes `photo.exe.png`. */
export function withFittingEnding(name: string, type: string): string {
  const endings = ENDINGS[type] ?? [];
  if (type === 'text/plain' || endings.includes(endingOf(name))) return name;
  return `${name}.${endings[0]}`;
}

function isPictureType(type: string): boolean {
  return type.startsWith('image/');
}

function typeOf(name: string): string | undefined {
  const ending = endingOf(name);
  return Object.keys(ENDINGS).find((type) => ENDINGS[type]?.includes(ending));
}

function endingOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
