import Avatar from '@mui/material/Avatar';
import Box from '@mui/material/Box';
import type { PresenceStatus } from '../../lib/wire';

/** Muted pairs that keep white letters readable in both themes. */
const HUES = ['#3b5bb5', '#7a4fa3', '#a34f7a', '#a3553b', '#8a6a1f', '#4f7a34', '#2a7a6b', '#34708f'];

function hueOf(id: string): string {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) >>> 0;
  return HUES[sum % HUES.length]!;
}

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What is read as one letter; of a joined emoji, all of it. */
function firstLetter(word: string): string {
  return GRAPHEMES.segment(word).containing(0)?.segment ?? '';
}

/** One letter in Hangul or Han, the initials of two words else. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = firstLetter(words[0] ?? '?');
  if (/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(first) || words.length < 2) return first.toUpperCase();
  return (first + firstLetter(words.at(-1)!)).toUpperCase();
}

const PRESENCE_COLORS: Record<PresenceStatus, string | null> = {
  online: '#23a566',
  away: '#e0a12e',
  offline: '#9aa1b0',
  unknown: null,
};

interface PersonAvatarProps {
  id: string;
  name: string;
  avatarUrl?: string | null;
  presence?: PresenceStatus;
  size?: number;
}

/** Decorative: the name stands beside it, and presence is said in words where it matters. */
export function PersonAvatar({ id, name, avatarUrl, presence, size = 36 }: PersonAvatarProps) {
  const dot = presence ? PRESENCE_COLORS[presence] : null;
  return (
    <Box aria-hidden sx={{ position: 'relative', flexShrink: 0, width: size, height: size }}>
      <Avatar
        src={avatarUrl ?? undefined}
        alt=""
        sx={{
          width: size,
          height: size,
          bgcolor: hueOf(id),
          color: '#fff',
          fontSize: size * 0.4,
          fontWeight: 600,
        }}
      >
        {initials(name)}
      </Avatar>
      {dot && (
        <Box
          sx={{
            position: 'absolute',
            right: -1,
            bottom: -1,
            width: Math.max(10, size * 0.3),
            height: Math.max(10, size * 0.3),
            borderRadius: '50%',
            bgcolor: dot,
            border: '2px solid',
            borderColor: 'background.paper',
          }}
        />
      )}
    </Box>
  );
}
