/** One device of an agent, as long as the sign-in that it was made with. */
export interface PushSubscription {
  id: string;
  organizationId: string;
  agentId: string;
  sessionId: string;
  endpoint: string;
  /** Of the browser's key pair, base64url. */
  p256dh: string;
  auth: string;
  userAgent: string | null;
  createdAt: Date;
}

/** What a push says; `read` takes back what others have shown under its tag. */
export interface PushNotice {
  kind: 'message' | 'mention' | 'assigned' | 'read';
  conversationId: string;
  title: string;
  body: string;
  url: string;
  /** Of several with the same tag a device shows the latest. */
  tag: string;
}

export interface PushKey {
  publicKey: string;
  privateKey: string;
}

/** More devices than a person has in use: the oldest give way. */
export const MAX_DEVICES = 20;
