import DeleteForeverOutlined from '@mui/icons-material/DeleteForeverOutlined';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Reasoned } from '../../../components/ui/reasoned';
import { userName } from '../../../lib/conversations/conversation-name';
import { CONVERSATIONS_KEY } from '../../../lib/conversations/conversation-queries';
import { useCan } from '../../../lib/self';
import { userQuery } from '../../../lib/user-queries';
import type { ErasureReceipt, UserView } from '../../../lib/wire';
import { EraseDialog } from './erase-dialog';
import { ReceiptDialog } from './receipt-dialog';

/** Nothing that is shown of them goes before the receipt has been seen. */
export function EraseButton({ user, onErased }: { user: UserView; onErased: () => void }) {
  const { t } = useTranslation();
  const canErase = useCan('user.erase');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setIsAsking] = useState(false);
  const [receipt, setReceipt] = useState<ErasureReceipt>();
  const leave = () => {
    queries.removeQueries({ queryKey: userQuery(user.id).queryKey });
    void navigate('/inbox/all');
    void queries.invalidateQueries({ queryKey: CONVERSATIONS_KEY });
  };
  return (
    <>
      <Reasoned reason={!canErase && t('errors.forbidden')}>
        <Button
          size="small"
          variant="outlined"
          color="error"
          disabled={!canErase}
          startIcon={<DeleteForeverOutlined />}
          onClick={() => setIsAsking(true)}
        >
          {t('user.erase')}
        </Button>
      </Reasoned>
      {isAsking && (
        <EraseDialog
          userId={user.id}
          name={userName({ id: user.id, name: user.profile.name ?? '' }, t)}
          onClose={() => setIsAsking(false)}
          onErased={(erased) => {
            setIsAsking(false);
            setReceipt(erased);
            onErased();
          }}
        />
      )}
      <ReceiptDialog receipt={receipt} onClose={leave} />
    </>
  );
}
