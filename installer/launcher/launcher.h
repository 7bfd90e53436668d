/* What the parts of the start programs share. */
#ifndef LAUNCHER_H
#define LAUNCHER_H
#ifndef UNICODE
#define UNICODE
#define _UNICODE
#endif
#define _WIN32_WINNT 0x0A00
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

enum { LONG_PATH = 32768, EXIT_NOT_STARTED = 70, EXIT_NO_SERVICE = 71 };

/* The folder of this program, with a backslash behind it; the whole path of this program. */
extern wchar_t own_folder[LONG_PATH];
extern wchar_t own_path[LONG_PATH];

/* Do what the command line behind `--for-everyone` says, as each user who is signed in. */
int for_everyone(const wchar_t *arguments);

/* Be the service of Windows; returns when it has stopped. */
int run_service(void);

/* The folder of the hub's configuration and data: the one that the installer was told, else the usual one. */
void find_data_folder(wchar_t *folder, DWORD length);

/* Remove what the program has written for each user, or the hub's data; see leftovers.c. */
int remove_settings(void);

#endif
