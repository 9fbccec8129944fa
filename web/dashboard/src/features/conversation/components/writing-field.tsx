import Box from '@mui/material/Box';
import InputBase, { type InputBaseProps } from '@mui/material/InputBase';
import { useId, useState, type RefObject } from 'react';
import type { Mention } from '../../../lib/drafts';
import { useMentionCandidates } from '../hooks/use-mention-candidates';
import { useMentionPicker } from '../hooks/use-mention-picker';
import { useReplyPicker } from '../hooks/use-reply-picker';
import { MentionList } from './mention-list';
import { ReplyList } from './reply-list';
import { useTalk } from './talk';

type WritingFieldProps = Pick<
  InputBaseProps,
  'minRows' | 'maxRows' | 'placeholder' | 'onPaste' | 'onKeyDown'
> & {
  label: string;
  describedBy?: string;
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  chosen: readonly Mention[];
  isPrivate: boolean;
  onWrite: (text: string, chosen: Mention[]) => void;
};

/** Where messages are written: several lines, a list of names after an `@`, and saved replies after a first `/`. */
export function WritingField(props: WritingFieldProps) {
  const { label, describedBy, field, text, chosen, isPrivate, onWrite, onKeyDown, ...input } = props;
  const { conversation } = useTalk();
  const candidates = useMentionCandidates(conversation, isPrivate);
  const picker = useMentionPicker({ field, text, chosen, candidates, onChange: onWrite });
  const saved = useReplyPicker(text, (content) => picker.write(content, content.length));
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const listId = useId();
  const hasList = picker.isOpen || saved.replies.length > 0;
  const current = picker.isOpen ? picker.current : saved.current;
  return (
    <Box ref={setAnchor}>
      <InputBase
        {...input}
        fullWidth
        multiline
        value={text}
        inputRef={field}
        onChange={({ target }) => picker.write(target.value, target.selectionStart ?? target.value.length)}
        onSelect={({ target }) => picker.moved((target as HTMLTextAreaElement).selectionStart)}
        onBlur={picker.close}
        onKeyDown={(event) => {
          if (!picker.onKey(event) && !saved.onKey(event)) onKeyDown?.(event);
        }}
        slotProps={{
          input: {
            dir: 'auto',
            'aria-label': label,
            'aria-describedby': describedBy,
            'aria-autocomplete': 'list',
            'aria-controls': hasList ? listId : undefined,
            'aria-activedescendant': hasList ? `${listId}-${current}` : undefined,
          },
        }}
        sx={{
          px: 1.75,
          pt: 1.25,
          pb: 0.5,
          fontSize: { xs: 16, sm: 14.5 },
          lineHeight: 1.55,
          color: 'inherit',
          '& textarea:focus-visible': { outline: 'none' },
        }}
      />
      {picker.isOpen && (
        <MentionList
          id={listId}
          anchor={anchor}
          mentions={picker.shown}
          current={picker.current}
          onChoose={picker.choose}
        />
      )}
      {saved.replies.length > 0 && (
        <ReplyList
          id={listId}
          anchor={anchor}
          replies={saved.replies}
          current={saved.current}
          onChoose={saved.choose}
        />
      )}
    </Box>
  );
}
