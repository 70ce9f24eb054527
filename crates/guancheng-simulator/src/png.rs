//! The smallest writer of PNG: one palette, one byte a pixel, stored blocks. No photo is ever made here, only drawings.

/// A drawing of indexed colours.
#[derive(Clone, Debug)]
pub(crate) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Canvas {
    pub(crate) fn new(width: usize, height: usize, colour: u8) -> Self {
        Canvas { width, height, pixels: vec![colour; width * height] }
    }

    /// Colours a pixel; outside the drawing nothing happens.
    pub(crate) fn dot(&mut self, x: i32, y: i32, colour: u8) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x >= self.width || y >= self.height {
            return;
        }
        if let Some(pixel) = self.pixels.get_mut(y * self.width + x) {
            *pixel = colour;
        }
    }

    /// A filled rectangle from a corner.
    pub(crate) fn block(&mut self, (x, y): (i32, i32), (wide, high): (i32, i32), colour: u8) {
        for dy in 0..high {
            (0..wide).for_each(|dx| self.dot(x + dx, y + dy, colour));
        }
    }

    /// A filled ellipse around a centre.
    pub(crate) fn oval(&mut self, (x, y): (i32, i32), (rx, ry): (i32, i32), colour: u8) {
        for dy in -ry..=ry {
            for dx in -rx..=rx {
                let inside = dx * dx * ry * ry + dy * dy * rx * rx <= rx * rx * ry * ry;
                if inside {
                    self.dot(x + dx, y + dy, colour);
                }
            }
        }
    }

    /// A glyph of sixteen rows, each pixel `scale` times as large.
    pub(crate) fn glyph(&mut self, (x, y): (i32, i32), rows: &[u16; 16], scale: i32, colour: u8) {
        for (dy, row) in (0..).zip(rows) {
            for dx in (0..16).filter(|dx| row >> (15 - dx) & 1 == 1) {
                self.block((x + dx * scale, y + dy * scale), (scale, scale), colour);
            }
        }
    }

    /// The file. At most 65,535 bytes of pixels fit the one stored block per row that is written.
    pub(crate) fn png(&self, palette: &[[u8; 3]]) -> Vec<u8> {
        let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes();
        let mut out = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
        let mut header = [size(self.width), size(self.height)].concat();
        // 8 bits, palette, deflate, adaptive filters, not interlaced.
        header.extend([8, 3, 0, 0, 0]);
        chunk(&mut out, *b"IHDR", &header);
        chunk(&mut out, *b"PLTE", &palette.concat());
        chunk(&mut out, *b"IDAT", &self.deflated());
        chunk(&mut out, *b"IEND", &[]);
        out
    }

    /// A zlib stream of one stored block per row.
    fn deflated(&self) -> Vec<u8> {
        let mut out = vec![0x78, 0x01];
        let (mut a, mut b) = (1_u32, 0_u32);
        let rows = self.pixels.chunks(self.width);
        let last = rows.len().saturating_sub(1);
        for (n, row) in rows.enumerate() {
            let len = u16::try_from(row.len() + 1).unwrap_or(u16::MAX);
            out.push(u8::from(n == last));
            out.extend(len.to_le_bytes());
            out.extend((!len).to_le_bytes());
            for byte in std::iter::once(&0).chain(row) {
                out.push(*byte);
                a = (a + u32::from(*byte)) % 65_521;
                b = (b + a) % 65_521;
            }
        }
        out.extend(((b << 16) | a).to_be_bytes());
        out
    }
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend(name);
    out.extend(data);
    let crc = name.iter().chain(data).fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    });
    out.extend((!crc).to_be_bytes());
}
