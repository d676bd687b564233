/** The name of a workstation's role at the centre. */
export const loginOf = (deviceId: string): string => `clinichub_ws_${deviceId.replaceAll('-', '')}`;

/** Whether a login's name tells which workstation it belongs to. One that somebody made by hand may not. */
export const isWorkstationLogin = (login: string): boolean => /^clinichub_ws_[0-9a-f]{32}$/.test(login);

export const isLoginOf = (deviceId: string, login: string): boolean => loginOf(deviceId) === login;
