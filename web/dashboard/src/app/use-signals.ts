import type { QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { ChatClient } from '@fast-light-chat/sdk';
import { showError } from '../components/ui/toast';
import { notificationsQuery } from '../features/settings/api/notifications-api';
import { conversationQuery } from '../lib/conversations/conversation-queries';
import { conversationPath } from '../lib/conversations/message-address';
import { chime, closeOnDesktop, showOnDesktop } from '../lib/signals';

/** Makes heard and seen what the server tells of, until the agent looks at it; as the agent has chosen. */
export function useSignals(client: ChatClient, queries: QueryClient, selfId: string): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { conversationId: openId } = useParams();
  useEffect(
    () =>
      client.on('notification', ({ kind, conversationId, text }) => {
        const isHidden = document.visibilityState !== 'visible' || !document.hasFocus();
        if (!conversationId || (conversationId === openId && !isHidden)) return;
        const open = () =>
          queries
            .ensureQueryData(conversationQuery(conversationId))
            .then((conversation) => navigate(conversationPath(conversation)))
            .catch(showError);
        void queries.ensureQueryData(notificationsQuery).then(
          ({ sound, desktop }) => {
            if (sound) chime();
            if (!desktop || !isHidden) return;
            showOnDesktop({ conversationId, title: titleOf(kind, t), text, onOpen: () => void open() });
          },
          // Without the settings nobody is disturbed.
          () => undefined,
        );
      }),
    [client, queries, openId, navigate, t],
  );
  useEffect(
    () =>
      client.on('conversation:read', ({ conversationId, reader }) => {
        if (reader.type === 'agent' && reader.id === selfId) closeOnDesktop(conversationId);
      }),
    [client, selfId],
  );
}

function titleOf(kind: string, t: TFunction): string {
  if (kind === 'mention') return t('signals.mention');
  return kind === 'assigned' ? t('signals.assigned') : t('signals.message');
}
