import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../lib/api';
import {
  applyConversationFact,
  CONVERSATIONS_KEY,
  conversationQuery,
} from '../../../lib/conversations/conversation-queries';
import { newId } from '../../../lib/ids';
import { useSelf } from '../../../lib/self';
import type { CreateConversationBody, CreatedConversation } from '../../../lib/wire';

/** A conversation between agents; a repeated try makes no second one. */
export function useStartConversation() {
  const queries = useQueryClient();
  const selfId = useSelf().id;
  return useMutation({
    mutationFn: (body: CreateConversationBody) =>
      api.request<CreatedConversation>('POST', '/v1/conversations', {
        body: { clientConversationId: newId(), ...body },
      }),
    onSuccess: ({ conversation }) => {
      queries.setQueryData(conversationQuery(conversation.id).queryKey, conversation);
      applyConversationFact(queries, { type: 'changed', conversation }, selfId);
      return queries.invalidateQueries({ queryKey: [...CONVERSATIONS_KEY, 'list'] });
    },
  });
}
