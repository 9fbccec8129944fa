import { useMutation, useQueryClient } from '@tanstack/react-query';
import { showError } from '../../../components/ui/toast';
import { api } from '../../../lib/api';
import { followPins } from '../../../lib/conversations/pin-queries';
import type { MessageView } from '../../../lib/wire';

interface Pinning {
  message: MessageView;
  pinned: boolean;
}

export function usePinning(): (message: MessageView, pinned: boolean) => void {
  const queries = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ message: { conversationId, id }, pinned }: Pinning) =>
      api.request<MessageView>(
        pinned ? 'PUT' : 'DELETE',
        `/v1/conversations/${conversationId}/messages/${id}/pin`,
      ),
    onSuccess: (message) => followPins(queries, message),
    onError: showError,
  });
  return (message, pinned) => mutate({ message, pinned });
}
