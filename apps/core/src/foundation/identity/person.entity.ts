import type { TenantId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a person's account is: staff's in the system's database, everybody else's in that of their tenant. */
@Entity('people')
export class PersonRow {
  @PrimaryColumn('varchar') userId: UserId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar') username: string;
  @Column('varchar') home: 'system' | 'tenant';
}
