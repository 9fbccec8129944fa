import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useTranslation } from 'react-i18next';
import { showError } from '../../../components/ui/toast';
import { useSelf } from '../../../lib/self';
import type { ConversationView, MessageView } from '../../../lib/wire';
import { useTalk } from './talk';

interface ReactionsProps {
  message: MessageView;
  isOurs: boolean;
}

export function Reactions({ message, isOurs }: ReactionsProps) {
  const { t } = useTranslation();
  if (message.reactions.length === 0) return null;
  return (
    <Box
      component="ul"
      aria-label={t('conversation.reactions')}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        justifyContent: isOurs ? 'flex-end' : 'flex-start',
        gap: 0.5,
        m: 0,
        mt: 0.5,
        p: 0,
        listStyle: 'none',
      }}
    >
      {message.reactions.map((reaction) => (
        <li key={reaction.emoji}>
          <ReactionChip messageId={message.id} reaction={reaction} />
        </li>
      ))}
    </Box>
  );
}

type Reaction = MessageView['reactions'][number];

/** Adds one's own, or takes it off again. */
function ReactionChip({ messageId, reaction }: { messageId: string; reaction: Reaction }) {
  const { conversation, handle, canAnswer } = useTalk();
  const selfId = useSelf().id;
  const isOwn = reaction.by.some(({ type, id }) => type === 'agent' && id === selfId);
  return (
    <ButtonBase
      disabled={!canAnswer}
      aria-pressed={isOwn}
      title={namesOf(reaction, conversation)}
      onClick={() => void handle.react(messageId, reaction.emoji, !isOwn).catch(showError)}
      sx={{
        px: 1,
        py: '1px',
        minHeight: 24,
        border: '1px solid',
        borderColor: isOwn ? 'primary.main' : 'divider',
        borderRadius: 999,
        bgcolor: isOwn ? 'primary.light' : 'background.paper',
        color: 'text.primary',
        fontFamily: 'inherit',
        fontSize: 12.5,
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {`${reaction.emoji} ${reaction.count}`}
    </ButtonBase>
  );
}

/** Of those who take part; who has left since is only counted. */
function namesOf({ by }: Reaction, { participants }: ConversationView): string {
  const isReader = (one: { type: string; id: string }) =>
    by.some(({ type, id }) => type === one.type && id === one.id);
  return participants
    .filter(isReader)
    .map(({ name }) => name)
    .filter(Boolean)
    .join(', ');
}
