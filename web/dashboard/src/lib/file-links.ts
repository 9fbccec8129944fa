import { FileLinks } from '@fast-light-chat/sdk';
import { api } from './api';

export const fileLinks = new FileLinks(api);
