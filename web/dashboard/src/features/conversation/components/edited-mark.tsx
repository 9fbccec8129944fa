import ButtonBase from '@mui/material/ButtonBase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../lib/self';
import type { MessageView } from '../../../lib/wire';
import { Quiet } from './bubble';
import { VersionsDialog } from './versions-dialog';

/** That a message was edited; for those who may know it, the way to what it said before. */
export function EditedMark({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const canReadVersions = useCan('message.read-versions');
  const [isOpen, setIsOpen] = useState(false);
  if (!canReadVersions) return <Quiet component="small"> {t('conversation.edited')}</Quiet>;
  return (
    <>
      {' '}
      <ButtonBase
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
        sx={{
          minHeight: 24,
          font: 'inherit',
          fontSize: 11.5,
          verticalAlign: 'baseline',
          textDecoration: 'underline dotted',
          textUnderlineOffset: '3px',
        }}
      >
        {t('conversation.edited')}
      </ButtonBase>
      {isOpen && <VersionsDialog message={message} onClose={() => setIsOpen(false)} />}
    </>
  );
}
