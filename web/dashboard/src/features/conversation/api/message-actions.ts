import { api } from '../../../lib/api';
import type { MessageView } from '../../../lib/wire';

export function setPinned({ conversationId, id }: MessageView, pinned: boolean): Promise<MessageView> {
  return api.request(pinned ? 'PUT' : 'DELETE', `/v1/conversations/${conversationId}/messages/${id}/pin`);
}
