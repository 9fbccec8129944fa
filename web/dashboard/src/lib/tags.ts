import { useMutation, useMutationState } from '@tanstack/react-query';
import { showError } from '../components/ui/toast';

export interface TagsChange {
  addTags: string[];
  removeTags: string[];
}

interface Tagged<Answer> {
  id: string;
  tags: readonly string[];
  send: (change: TagsChange) => Promise<Answer>;
  onSuccess: (answer: Answer) => unknown;
}

/**
 * What is sent is the difference: others may be tagging at the same moment. One leaves after the other, in the order
 * in which they were made, and all are shown meanwhile.
 */
export function useTags<Answer>({ id, tags, send, onSuccess }: Tagged<Answer>) {
  const mutationKey = ['tags', id];
  const { mutate } = useMutation({
    mutationKey,
    scope: { id: `tags.${id}` },
    mutationFn: send,
    onSuccess,
    onError: showError,
  });
  const underWay = useMutationState({
    filters: { mutationKey, status: 'pending' },
    select: ({ state }) => state.variables as TagsChange,
  });
  const present = underWay.reduce<readonly string[]>(tagsAfter, tags);
  const setTags = (wanted: string[]) => {
    const change = differenceOf(present, wanted);
    if (change.addTags.length + change.removeTags.length > 0) mutate(change);
  };
  return { tags: present, setTags };
}

function differenceOf(present: readonly string[], wanted: readonly string[]): TagsChange {
  return {
    addTags: wanted.filter((tag) => !present.includes(tag)),
    removeTags: present.filter((tag) => !wanted.includes(tag)),
  };
}

export function tagsAfter(
  tags: readonly string[],
  { addTags = [], removeTags = [] }: Partial<TagsChange>,
): string[] {
  return [...new Set([...tags.filter((tag) => !removeTags.includes(tag)), ...addTags])];
}
