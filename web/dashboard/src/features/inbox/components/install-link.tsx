import Button from '@mui/material/Button';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { allConversations } from '../../../lib/conversations/conversation-list';
import { conversationListQuery } from '../../../lib/conversations/conversation-queries';
import { useCan } from '../../../lib/self';
import { environmentsQuery } from '../../../lib/tenant-queries';

/** How an inbox that has never held anything comes to hold something; for those who can see to it. */
export function InstallLink() {
  const { t } = useTranslation();
  const canEdit = useCan('environment.edit');
  const { data: all } = useInfiniteQuery({ ...conversationListQuery({ kind: 'support' }), enabled: canEdit });
  const { data: environments } = useQuery({ ...environmentsQuery, enabled: canEdit });
  const environmentId = environments?.[0]?.id;
  if (!all || allConversations(all).length > 0 || !environmentId) return null;
  return (
    <Button variant="contained" component={Link} to={`/settings/environments/${environmentId}?tab=install`}>
      {t('inbox.install')}
    </Button>
  );
}
