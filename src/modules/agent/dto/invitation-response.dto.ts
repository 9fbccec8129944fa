import { ApiProperty, OmitType } from '@nestjs/swagger';
import { NextCursorField } from '../../../common/http/page.js';
import type { InvitationView, Role } from '../../../contracts/tenants.js';
import type { Invitation } from '../invitation.js';

export class InvitationDto implements InvitationView {
  @ApiProperty({ description: 'Opaque id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'Whom', example: 'minsu@shop.example' })
  email: string;

  @ApiProperty({ description: 'As what', enum: ['owner', 'admin', 'agent', 'viewer'], example: 'agent' })
  role: Role;

  @ApiProperty({
    description: 'Good once, for seven days; also mailed',
    example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11.qk3...',
  })
  token: string;

  @ApiProperty({ description: 'Good until', example: '2026-11-27T09:00:00.000Z' })
  expiresAt: string;
}

/** Without the token: it belongs to who made it and to who is invited. */
export class OpenInvitationDto extends OmitType(InvitationDto, ['token']) {}

export class OpenInvitationPageDto {
  @ApiProperty({ description: 'Oldest first', type: [OpenInvitationDto] })
  items: OpenInvitationDto[];

  @NextCursorField()
  nextCursor: string | null;
}

export function toOpenInvitationView({
  id,
  email,
  role,
  expiresAt,
}: Invitation): Omit<InvitationView, 'token'> {
  return { id, email, role, expiresAt: expiresAt.toISOString() };
}
