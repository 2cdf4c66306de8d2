import type { ContainerId, EnvironmentId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL } from '../../kernel/database/columns.js';

/** A host port held for a container, from the accepted deploy to the confirmed delete. */
@Entity('port_reservations')
export class PortReservationRow {
  @PrimaryColumn({ type: 'varchar' }) id: string;
  @Column({ type: 'varchar' }) environmentId: EnvironmentId;
  @Column({ type: 'varchar' }) ip: string;
  @Column({ type: 'varchar' }) protocol: 'tcp' | 'udp';
  @Column({ type: 'int' }) port: number;
  @Column({ type: 'varchar' }) containerId: ContainerId;
  @Column(EPOCH_MS) createdAt: number;
  @Column(EPOCH_MS_OR_NULL) releasedAt: number | null;
}
