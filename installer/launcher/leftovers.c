/* Removes what the program has written, when whoever uninstalls asks for it (REMOVESETTINGS=1): the folder of each
 * user, or the hub's data folder.
 *
 * This runs as the system, in folders where users may put what they like, such as a link to somebody else's files.
 * So a folder is held open while it is emptied: nobody can put another one in its place. It is entered only when it is
 * where it should be and is no link; links are removed, never followed.
 */
#include "launcher.h"

#define PROFILES L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList"

static BOOL is_itself(HANDLE folder, const wchar_t *path)
{
    wchar_t *found = malloc(LONG_PATH * sizeof *found);
    BY_HANDLE_FILE_INFORMATION about;
    DWORD length;
    BOOL is = FALSE;

    if (!found)
        return FALSE;
    length = GetFinalPathNameByHandleW(folder, found, LONG_PATH, 0);
    if (length && length < LONG_PATH && GetFileInformationByHandle(folder, &about))
        is = !(about.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) &&
             !_wcsicmp(wcsncmp(found, L"\\\\?\\", 4) ? found : found + 4, path);
    free(found);
    return is;
}

static void empty(const wchar_t *path);

static void remove_entry(const wchar_t *folder, const WIN32_FIND_DATAW *entry)
{
    wchar_t *path = malloc(LONG_PATH * sizeof *path);

    if (!path)
        return;
    _snwprintf(path, LONG_PATH - 1, L"%ls\\%ls", folder, entry->cFileName);
    path[LONG_PATH - 1] = 0;
    if (entry->dwFileAttributes & FILE_ATTRIBUTE_READONLY)
        SetFileAttributesW(path, FILE_ATTRIBUTE_NORMAL);
    if (!(entry->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)) {
        DeleteFileW(path);
    } else {
        if (!(entry->dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT))
            empty(path);
        RemoveDirectoryW(path);
    }
    free(path);
}

static void empty(const wchar_t *path)
{
    HANDLE held = CreateFileW(path, FILE_LIST_DIRECTORY, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                              FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
    WIN32_FIND_DATAW entry;
    HANDLE search = INVALID_HANDLE_VALUE;
    wchar_t *all = malloc(LONG_PATH * sizeof *all);

    if (held != INVALID_HANDLE_VALUE && all && is_itself(held, path)) {
        _snwprintf(all, LONG_PATH - 1, L"%ls\\*", path);
        all[LONG_PATH - 1] = 0;
        search = FindFirstFileW(all, &entry);
    }
    if (search != INVALID_HANDLE_VALUE) {
        do
            if (wcscmp(entry.cFileName, L".") && wcscmp(entry.cFileName, L".."))
                remove_entry(path, &entry);
        while (FindNextFileW(search, &entry));
        FindClose(search);
    }
    if (held != INVALID_HANDLE_VALUE)
        CloseHandle(held);
    free(all);
}

static void remove_folder(const wchar_t *path)
{
    empty(path);
    RemoveDirectoryW(path);
}

#ifdef SERVICE
int remove_settings(void)
{
    static wchar_t folder[LONG_PATH];

    find_data_folder(folder, LONG_PATH);
    if (wcslen(folder) > 3)
        remove_folder(folder);
    return 0;
}
#else
int remove_settings(void)
{
    static wchar_t home[LONG_PATH], folder[LONG_PATH];
    wchar_t name[256];
    HKEY profiles;
    DWORD i;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, PROFILES, 0, KEY_READ, &profiles) != ERROR_SUCCESS)
        return 1;
    for (i = 0;; i++) {
        DWORD length = 255, bytes = sizeof home;
        if (RegEnumKeyExW(profiles, i, name, &length, NULL, NULL, NULL, NULL) != ERROR_SUCCESS)
            break;
        if (RegGetValueW(profiles, name, L"ProfileImagePath", RRF_RT_REG_SZ, NULL, home, &bytes) != ERROR_SUCCESS ||
            wcslen(home) < 4)
            continue;
        _snwprintf(folder, LONG_PATH - 1, L"%ls\\AppData\\Local\\Reception", home);
        remove_folder(folder);
    }
    RegCloseKey(profiles);
    return 0;
}
#endif
