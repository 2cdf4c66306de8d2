// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface SyncUserRequest {
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

export interface SyncUserRequest__Output {
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
