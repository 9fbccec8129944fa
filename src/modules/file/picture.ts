import sharp, { type Metadata, type Sharp } from 'sharp';
import { TooManyPixels, UnsupportedType } from './file.errors.js';
import { Turns } from './turns.js';

// Pictures are decoded as a stream of lines, one at a time: the server has other things to do.
sharp.cache(false);
sharp.concurrency(1);

const THUMBNAIL = { width: 480, height: 480, fit: 'inside', withoutEnlargement: true } as const;
const AVATAR = { width: 256, height: 256, fit: 'cover' } as const;
const QUALITY = 88;
const turns = new Turns();

export interface Size {
  width: number;
  height: number;
}

/**
 * Writes the same picture anew: upright, without what the camera noted of place and time, and without whatever
 * else was hidden in the file. Throws UnsupportedType for what is no whole picture of that type, TooManyPixels
 * from its header alone.
 */
export function cleanPicture(from: string, to: string, type: string, maxPixels: number): Promise<Size> {
  return turns.take(async () => {
    try {
      const { pages = 1 } = await inspect(from, type, maxPixels);
      const { width, height, pageHeight } = await encoded(opened(from, maxPixels, pages), type).toFile(to);
      return { width, height: pageHeight ?? height };
    } catch (error) {
      throw error instanceof UnsupportedType ? error : new UnsupportedType();
    }
  });
}

/** The first frame, small. */
export function shrinkPicture(from: string, to: string, maxPixels: number): Promise<void> {
  return turns.take(async () => {
    await opened(from, maxPixels, 1).resize(THUMBNAIL).webp({ quality: 80 }).toFile(to);
  });
}

/** The first frame, cut to a small square. */
export function cropPicture(from: string, to: string, maxPixels: number): Promise<void> {
  return turns.take(async () => {
    await opened(from, maxPixels, 1).resize(AVATAR).webp({ quality: QUALITY }).toFile(to);
  });
}

async function inspect(from: string, type: string, maxPixels: number): Promise<Metadata> {
  const found = await sharp(from, { limitInputPixels: false }).metadata();
  if (`image/${found.format}` !== type) throw new UnsupportedType();
  const { width, height, pages = 1 } = found;
  if (width * height * pages > maxPixels) throw new TooManyPixels();
  return found;
}

function opened(from: string, limitInputPixels: number, pages: number): Sharp {
  const picture = sharp(from, { limitInputPixels, pages, sequentialRead: true, failOn: 'error' });
  return pages === 1 ? picture.autoOrient() : picture;
}

function encoded(picture: Sharp, type: string): Sharp {
  switch (type) {
    case 'image/png':
      return picture.png();
    case 'image/jpeg':
      return picture.jpeg({ quality: QUALITY });
    case 'image/gif':
      return picture.gif();
    case 'image/webp':
      return picture.webp({ quality: QUALITY });
    default:
      throw new UnsupportedType();
  }
}
