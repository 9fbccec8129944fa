import type { AttachmentView } from '@fast-light-chat/sdk';
import type { AnchorHTMLAttributes, TargetedMouseEvent } from 'preact';
import { useContext, useReducer, useState } from 'preact/hooks';
import { FileLinksContext } from './context.js';

export interface FreshFile {
  file: AttachmentView;
  /** For the anchor. */
  link: AnchorHTMLAttributes;
  /** For what failed to load. */
  renew: () => void;
  /** There was no fresh link for the last click. */
  isLost: boolean;
}

/**
 * A file that can be opened for as long as it is shown, though its links end. Renewed ahead where a click is near, so
 * that other ways of opening find a good link too.
 */
export function useFreshFile(given: AttachmentView): FreshFile {
  const links = useContext(FileLinksContext);
  const [, showFresh] = useReducer((count: number, _: unknown) => count + 1, 0);
  const [isLost, setLost] = useState(false);
  if (!links) throw new Error('Files are shown within a chat.');
  const file = links.newest(given);
  const renew = (): void => void links.renew(file).then(showFresh, () => undefined);
  const prepare = (): void => {
    if (!links.isGood(file)) renew();
  };
  const follow = (event: TargetedMouseEvent<HTMLAnchorElement>): void => {
    setLost(false);
    links.follow(event, file).then(showFresh, () => setLost(true));
  };
  return {
    file,
    link: { href: file.url, onPointerEnter: prepare, onFocus: prepare, onClick: follow },
    renew,
    isLost,
  };
}
