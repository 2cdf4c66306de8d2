// Original file: ../proto/bailiwick/plugin/v2/plugin.proto

export interface SyncedUser {
  username?: string;
  tenant?: string;
  displayName?: string;
  email?: string;
  roleTag?: string;
  isActive?: boolean;
  _displayName?: 'displayName';
  _email?: 'email';
  _roleTag?: 'roleTag';
  _isActive?: 'isActive';
}

export interface SyncedUser__Output {
  username: string;
  tenant: string;
  displayName?: string;
  email?: string;
  roleTag?: string;
  isActive?: boolean;
  _displayName?: 'displayName';
  _email?: 'email';
  _roleTag?: 'roleTag';
  _isActive?: 'isActive';
}
