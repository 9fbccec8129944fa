import { useReducer, type MouseEvent } from 'react';
import { showError } from '../../../components/ui/toast';
import { fileLinks } from '../../../lib/file-links';
import type { AttachmentView } from '../../../lib/wire';

/**
 * A file that can be opened for as long as it is shown, though its links end. `link` is for the anchor; `renew` for
 * what fails to load. Renewed ahead where a click is near, so that other ways of opening find a good link too.
 */
export function useFreshFile(given: AttachmentView) {
  const [, showFresh] = useReducer((count: number) => count + 1, 0);
  const file = fileLinks.newest(given);
  const renew = () => void fileLinks.renew(file).then(showFresh, () => undefined);
  const prepare = () => {
    if (!fileLinks.isGood(file)) renew();
  };
  const link = {
    href: file.url,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: (event: MouseEvent) => void fileLinks.follow(event, file).then(showFresh, showError),
  };
  return { file, link, renew };
}
