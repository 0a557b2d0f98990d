// What file systems refuse in a name.
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}]+/gu;

/** The picture as a file with a name that says where and when, and that every system accepts. */
export const photoFile = (
  picture: Blob,
  name: (world: string, time: string) => string,
  world: string,
  at: Date,
): File => {
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('.');
  const safe = name(world, `${day} ${time}`).replace(FORBIDDEN, ' ').trim();
  return new File([picture], safe, { type: picture.type });
};
