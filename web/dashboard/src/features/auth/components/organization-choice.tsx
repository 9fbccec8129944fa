import Avatar from '@mui/material/Avatar';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemAvatar from '@mui/material/ListItemAvatar';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../components/ui/form-error';
import { signIn } from '../../../lib/session';
import type { MembershipView, SessionView } from '../../../lib/wire';
import { authApi } from '../api/auth-api';
import { AuthLayout } from './auth-layout';

interface OrganizationChoiceProps {
  view: SessionView;
  organizations: MembershipView[];
}

export function OrganizationChoice({ view, organizations }: OrganizationChoiceProps) {
  const { t } = useTranslation();
  const choice = useMutation({
    mutationFn: async (id: string) =>
      id === view.organization.id ? view : authApi.switchOrganization(view, id),
    onSuccess: signIn,
  });
  return (
    <AuthLayout title={t('auth.chooseTitle')} text={t('auth.chooseText')}>
      <FormError error={choice.error} />
      <List sx={{ mx: -1.5 }}>
        {organizations.map((organization) => (
          <ListItem key={organization.id} disablePadding>
            <ListItemButton
              disabled={choice.isPending}
              onClick={() => choice.mutate(organization.id)}
              sx={{ borderRadius: 1 }}
            >
              <ListItemAvatar>
                <Avatar variant="rounded" sx={{ bgcolor: 'primary.main', color: 'primary.contrastText' }}>
                  {[...organization.name][0]?.toUpperCase()}
                </Avatar>
              </ListItemAvatar>
              <ListItemText primary={organization.name} secondary={t(`roles.${organization.role}`)} />
            </ListItemButton>
          </ListItem>
        ))}
      </List>
    </AuthLayout>
  );
}
