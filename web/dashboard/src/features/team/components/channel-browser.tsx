import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import SearchOffRounded from '@mui/icons-material/SearchOffRounded';
import TagRounded from '@mui/icons-material/TagRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { RowsLoading } from '../../../components/ui/rows-loading';
import { SearchField } from '../../../components/ui/search-field';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { showNotice } from '../../../components/ui/toast';
import { allConversations } from '../../../lib/conversations/conversation-list';
import { conversationListQuery } from '../../../lib/conversations/conversation-queries';
import { errorText } from '../../../lib/error-text';
import type { ConversationView } from '../../../lib/wire';
import { useChangeTeam } from '../api/team-api';
import { teamErrorTexts } from '../hooks/team-error-texts';
import { MoreButton } from './more-button';

const QUERY_MAX = 100;

/** Public channels that one does not belong to. What is looked for stands in the address. */
export function ChannelBrowser() {
  const { t } = useTranslation();
  const isWide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  const { query, isArchived, setQuery, setIsArchived } = useBrowsing();
  return (
    <Box
      component="section"
      aria-label={t('team.browse')}
      sx={{ height: '100%', overflowY: 'auto', px: { xs: 2, sm: 3 }, py: 2 }}
    >
      <Box sx={{ maxWidth: 720, mx: 'auto' }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 1.5 }}>
          {!isWide && (
            <IconButton edge="start" component={Link} to="/team" aria-label={t('conversation.backToList')}>
              <ArrowBackRounded />
            </IconButton>
          )}
          <Typography variant="h1">{t('team.browse')}</Typography>
        </Box>
        <SearchField label={t('team.browseSearch')} longest={QUERY_MAX} value={query} onChange={setQuery} />
        <FormControlLabel
          control={<Switch size="small" checked={isArchived} onChange={(_event, on) => setIsArchived(on)} />}
          label={t('team.archivedOnly')}
          slotProps={{ typography: { variant: 'body2' } }}
          sx={{ my: 1 }}
        />
        <Found query={query.trim()} isArchived={isArchived} />
      </Box>
    </Box>
  );
}

function useBrowsing() {
  const [params, setParams] = useSearchParams();
  const query = params.get('q') ?? '';
  const isArchived = params.get('archived') === 'true';
  const set = useCallback(
    (q: string, archived: boolean) =>
      setParams({ ...(q && { q }), ...(archived && { archived: 'true' }) }, { replace: true }),
    [setParams],
  );
  const setQuery = useCallback((q: string) => set(q, isArchived), [set, isArchived]);
  return { query, isArchived, setQuery, setIsArchived: (archived: boolean) => set(query, archived) };
}

function Found({ query: asked, isArchived }: { query: string; isArchived: boolean }) {
  const { t } = useTranslation();
  const query = useDeferredValue(asked);
  const list = useInfiniteQuery(
    conversationListQuery({
      kind: 'channel',
      joined: false,
      ...(query && { query }),
      ...(isArchived && { archived: true }),
    }),
  );
  if (list.isPending) return <RowsLoading />;
  if (list.isError && !list.data) {
    return <ErrorMessage error={list.error} onRetry={() => void list.refetch()} />;
  }
  const channels = allConversations(list.data);
  if (channels.length === 0) return <NothingFound query={query} />;
  return (
    <>
      <Box component="ul" aria-label={t('team.channels')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {channels.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} />
        ))}
      </Box>
      <MoreButton list={list} />
    </>
  );
}

function NothingFound({ query }: { query: string }) {
  const { t } = useTranslation();
  if (!query) {
    return <StateMessage icon={<TagRounded />} title={t('team.browseEmpty')} text={t('team.browseHint')} />;
  }
  return (
    <StateMessage
      role="status"
      icon={<SearchOffRounded />}
      title={t('inbox.notFoundTitle', { query })}
      text={t('team.browseHint')}
    />
  );
}

function ChannelRow({ channel }: { channel: ConversationView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const change = useChangeTeam(channel.id);
  const address = `/team/${channel.id}`;
  const join = () =>
    change.mutate(
      { part: 'join' },
      {
        onSuccess: () => void navigate(address),
        onError: (error) => showNotice(errorText(error, t, teamErrorTexts(t))),
      },
    );
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        py: 1.25,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <TagRounded aria-hidden fontSize="small" sx={{ color: 'text.secondary' }} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box
          component={Link}
          to={address}
          sx={{ fontSize: 15, fontWeight: 600, color: 'text.primary', overflowWrap: 'anywhere' }}
        >
          {channel.name}
        </Box>
        <Typography variant="caption" component="p" color="textSecondary">
          {t('team.members', { count: channel.participants.length })}
          {channel.description && ` · ${channel.description}`}
        </Typography>
      </Box>
      {!channel.archivedAt && (
        <Button
          size="small"
          variant="outlined"
          aria-label={t('team.joinNamed', { name: channel.name ?? '' })}
          loading={change.isPending}
          onClick={join}
          sx={{ flexShrink: 0 }}
        >
          {t('composer.join')}
        </Button>
      )}
    </Box>
  );
}
