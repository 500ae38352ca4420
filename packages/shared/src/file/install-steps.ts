/** How a file is installed, by its kind: what people do, and what they paste into a terminal. */
import { installMessages as words } from '../messages/install.js';
import { type Platform } from './target.js';

/** One step: a sentence, a command, or a command with a sentence about it. */
export interface InstallStep {
  readonly text: string | null;
  /** As it stands, to be pasted into a terminal in the folder of the file. */
  readonly command: string | null;
}

/** A file that is to be installed. Its name is safe: letters, digits and `. - _ + ~` (DESIGN.md, section 5). */
export interface InstallableFile {
  readonly fileName: string;
  readonly platform: Platform;
}

/** The kinds of files that people install, as they are called. */
export const INSTALL_KINDS = [
  '.dmg',
  '.pkg',
  '.exe',
  '.msi',
  '.msix',
  '.deb',
  '.rpm',
  '.AppImage',
  '.tar.gz',
  '.tar.xz',
  '.zip',
  '.jar',
  '.apk',
] as const;
export type InstallKind = (typeof INSTALL_KINDS)[number];

/** Other endings of the same kinds. */
const ALSO: readonly (readonly [ending: string, kind: InstallKind])[] = [
  ['.tgz', '.tar.gz'],
  ['.txz', '.tar.xz'],
];

const say = (text: string): InstallStep => ({ text, command: null });
const run = (command: string, text: string | null = null): InstallStep => ({ text, command });

/** The folder that an archive is unpacked into: it gets one of its own, whatever is in it. */
function folderOf(fileName: string): string {
  return fileName.replace(/\.(?:tar\.gz|tgz|tar\.xz|txz|zip)$/i, '');
}

const unpack = (fileName: string, flags: string): readonly InstallStep[] => {
  const folder = folderOf(fileName);
  return [run(`mkdir -p ${folder} && tar ${flags} ${fileName} -C ${folder}`), say(words.inFolder(folder))];
};

const STEPS: Readonly<Record<InstallKind, (file: InstallableFile) => readonly InstallStep[]>> = {
  '.dmg': ({ fileName }) => [say(words.open(fileName)), say(words.dragToApplications), say(words.startFromThere)],
  '.pkg': ({ fileName }) => [say(words.openAndFollow(fileName)), run(`sudo installer -pkg ${fileName} -target /`, words.inTerminal)],
  '.exe': ({ fileName }) => [say(words.openAndFollow(fileName)), say(words.mayAskForTrust)],
  '.msi': ({ fileName }) => [say(words.openAndFollow(fileName)), run(`msiexec /i ${fileName} /qn`, words.asAdministrator)],
  '.msix': ({ fileName }) => [say(words.openAndInstall(fileName)), run(`Add-AppxPackage -Path ${fileName}`, words.inPowerShell)],
  '.deb': ({ fileName }) => [run(`sudo apt install ./${fileName}`, words.replacesOlder)],
  '.rpm': ({ fileName }) => [run(`sudo dnf install ./${fileName}`, words.onOpenSuse)],
  '.AppImage': ({ fileName }) => [run(`chmod +x ${fileName}`, words.onceToRun), run(`./${fileName}`)],
  '.tar.gz': ({ fileName }) => unpack(fileName, '-xzf'),
  '.tar.xz': ({ fileName }) => unpack(fileName, '-xJf'),
  '.zip': ({ fileName, platform }) =>
    platform === 'LINUX'
      ? [run(`unzip ${fileName} -d ${folderOf(fileName)}`), say(words.inFolder(folderOf(fileName)))]
      : [say(words.openAndUnpack(fileName)), say(words.startFromFolder)],
  '.jar': ({ fileName }) => [run(`java -jar ${fileName}`, words.needsJava)],
  '.apk': ({ fileName }) => [
    say(words.openOnPhone(fileName)),
    say(words.allowOnAndroid),
    run(`adb install -r ${fileName}`, words.fromComputer),
  ],
};

/** The kind of a file by its name; null: not one that we know how to install. */
export function installKind(fileName: string): InstallKind | null {
  const name = fileName.toLowerCase();
  const other = ALSO.find(([ending]) => name.endsWith(ending))?.[1];
  return other ?? INSTALL_KINDS.find((kind) => name.endsWith(kind.toLowerCase())) ?? null;
}

/** The steps of installing a file; empty for a kind that we know nothing of. */
export function installSteps(file: InstallableFile): readonly InstallStep[] {
  const kind = installKind(file.fileName);
  return kind === null ? [] : STEPS[kind](file);
}

/** Where a file is fetched, and with what. */
export interface FetchedFile {
  readonly url: string;
  /** Whether a key has to be sent: without it only what is open to everybody is had. */
  readonly needsKey: boolean;
}

/** The command that fetches a file from a server or over a shaky line: run again, it goes on where it stopped. */
export function resumableCommand({ url, needsKey }: FetchedFile): string {
  return `curl -fL -C - -O ${needsKey ? '-u "key:$LICENSE_KEY" ' : ''}${url}`;
}
