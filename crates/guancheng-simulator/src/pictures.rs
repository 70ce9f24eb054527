//! The pictures of a demo city: drawings, each marked 示意, before and after. Nobody can take them for photos.

use crate::png::Canvas;

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scene {
    /// Rubbish on the pavement.
    Waste,
    /// A hole or an open cover in the road.
    Hole,
    /// Goods on the pavement.
    Stall,
    /// A car where it should not be.
    Car,
    /// A fallen tree.
    Tree,
    /// A dark or broken lamp.
    Lamp,
    /// Water on the road.
    Water,
    /// Snow and ice.
    Snow,
    /// Posters and scribbles on a wall.
    Poster,
    /// A street where nothing is wrong any more.
    Good,
    /// A page: what is attached as a document.
    Page,
}

impl Scene {
    /// Every scene, in the order of [`files`].
    pub(crate) const ALL: [Scene; 11] = [
        Scene::Waste,
        Scene::Hole,
        Scene::Stall,
        Scene::Car,
        Scene::Tree,
        Scene::Lamp,
        Scene::Water,
        Scene::Snow,
        Scene::Poster,
        Scene::Good,
        Scene::Page,
    ];
}

const SIZE: (i32, i32) = (240, 180);

const PALETTE: [[u8; 3]; 12] = [
    [190, 214, 232], // sky
    [148, 150, 152], // road
    [205, 198, 186], // pavement
    [226, 219, 205], // wall
    [40, 42, 46],    // dark
    [120, 84, 52],   // brown
    [64, 132, 76],   // green
    [88, 140, 190],  // water
    [246, 248, 250], // white
    [196, 72, 60],   // red
    [222, 178, 66],  // yellow
    [104, 112, 120], // grey
];

const SKY: u8 = 0;
const ROAD: u8 = 1;
const PAVEMENT: u8 = 2;
const WALL: u8 = 3;
const DARK: u8 = 4;
const BROWN: u8 = 5;
const GREEN: u8 = 6;
const WATER: u8 = 7;
const WHITE: u8 = 8;
const RED: u8 = 9;
const YELLOW: u8 = 10;
const GREY: u8 = 11;

/// 示 and 意, sixteen rows of sixteen pixels.
const MARK: [[u16; 16]; 2] = [
    [
        0x0000, 0x0000, 0x0000, 0x3ffc, 0x0000, 0x0000, 0x0000, 0x7ffe, 0x0180, 0x0180, 0x1998, 0x1188, 0x318c, 0x2184,
        0x6186, 0x0180,
    ],
    [
        0x0000, 0x0180, 0x3ffc, 0x0c30, 0x0420, 0x7ffe, 0x0000, 0x1ff8, 0x1008, 0x1ff8, 0x1008, 0x1ff8, 0x0100, 0x14c8,
        0x2404, 0x6436,
    ],
];

/// The bytes of a scene's file: a PNG, for a page a PDF.
pub(crate) fn file(scene: Scene) -> Vec<u8> {
    match scene {
        Scene::Page => PAGE.as_bytes().to_vec(),
        scene => {
            let mut canvas = street();
            draw(&mut canvas, scene);
            mark(&mut canvas);
            canvas.png(&PALETTE)
        }
    }
}

fn street() -> Canvas {
    let mut canvas = Canvas::new(SIZE.0.unsigned_abs() as usize, SIZE.1.unsigned_abs() as usize, SKY);
    for (x, high) in [(0, 62), (50, 84), (104, 56), (150, 76), (204, 66)] {
        canvas.block((x, 92 - high), (46, high), WALL);
        for window in 0..6 {
            canvas.block((x + 6 + window % 3 * 13, 98 - high + window / 3 * 20), (8, 11), GREY);
        }
    }
    canvas.block((0, 92), (SIZE.0, 30), PAVEMENT);
    canvas.block((0, 122), (SIZE.0, 58), ROAD);
    (0..6).for_each(|n| canvas.block((6 + n * 42, 148), (24, 4), WHITE));
    canvas
}

fn draw(canvas: &mut Canvas, scene: Scene) {
    match scene {
        Scene::Waste => {
            [(84, 112), (108, 106), (126, 114), (146, 109)].iter().for_each(|at| canvas.oval(*at, (13, 10), DARK));
            [(96, 120), (118, 121), (138, 120)].iter().for_each(|at| canvas.block(*at, (9, 5), RED));
        }
        Scene::Hole => {
            canvas.oval((120, 152), (40, 15), GREY);
            canvas.oval((120, 152), (32, 11), DARK);
        }
        Scene::Stall => {
            canvas.block((70, 72), (90, 8), RED);
            canvas.block((74, 80), (3, 38), BROWN);
            canvas.block((153, 80), (3, 38), BROWN);
            (0..6).for_each(|n| canvas.oval((84 + n * 13, 104), (6, 6), if n % 2 == 0 { YELLOW } else { GREEN }));
        }
        Scene::Car => {
            canvas.block((76, 96), (96, 22), RED);
            canvas.block((96, 80), (52, 16), RED);
            canvas.block((102, 83), (18, 11), SKY);
            canvas.block((124, 83), (18, 11), SKY);
            [(96, 119), (152, 119)].iter().for_each(|at| canvas.oval(*at, (9, 9), DARK));
        }
        Scene::Tree => {
            canvas.block((60, 138), (96, 8), BROWN);
            [(164, 136), (184, 144), (176, 126)].iter().for_each(|at| canvas.oval(*at, (22, 14), GREEN));
        }
        Scene::Lamp => {
            canvas.block((118, 34), (5, 86), DARK);
            canvas.block((118, 34), (34, 4), DARK);
            canvas.oval((152, 40), (9, 5), GREY);
        }
        Scene::Water => {
            canvas.oval((120, 148), (104, 24), WATER);
            [(90, 142), (136, 152)].iter().for_each(|at| canvas.block(*at, (26, 2), WHITE));
        }
        Scene::Snow => {
            canvas.block((0, 92), (SIZE.0, 30), WHITE);
            (0..9).for_each(|n| canvas.oval((14 + n * 27, 132 + n % 3 * 15), (19, 8), WHITE));
        }
        Scene::Poster => {
            [(56, 40), (68, 58), (60, 74)].iter().for_each(|at| canvas.block(*at, (14, 11), YELLOW));
            (0..18).for_each(|n| canvas.block((108 + n * 2, 66 + (n * 7) % 13), (3, 3), RED));
        }
        Scene::Good | Scene::Page => {
            canvas.oval((206, 60), (20, 22), GREEN);
            canvas.block((203, 80), (6, 30), BROWN);
        }
    }
}

/// The mark stands large in a corner, whatever the picture.
fn mark(canvas: &mut Canvas) {
    canvas.block((164, 4), (72, 38), WHITE);
    canvas.glyph((168, 7), &MARK[0], 2, RED);
    canvas.glyph((202, 7), &MARK[1], 2, RED);
}

/// A page that says what it is.
const PAGE: &str = "%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>
endobj
4 0 obj
<< /Length 58 >>
stream
BT /F1 24 Tf 60 500 Td (Demonstration document) Tj ET     
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
trailer
<< /Root 1 0 R /Size 6 >>
%%EOF
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scene_is_another_small_file() {
        let mut files: Vec<Vec<u8>> = Scene::ALL.map(file).into();
        assert!(files.iter().all(|bytes| bytes.len() < 60_000));
        let pages = files.iter().filter(|bytes| bytes.starts_with(b"%PDF-")).count();
        assert_eq!((files.len(), pages), (11, 1));
        files.sort();
        files.dedup();
        assert_eq!(files.len(), Scene::ALL.len());
    }

    #[test]
    fn a_png_carries_its_own_sums() {
        let png = Canvas::new(2, 1, 1).png(&[[0, 0, 0], [255, 0, 0]]);
        let hex: String = png.iter().map(|byte| format!("{byte:02x}")).collect();
        // Checked once against another reader.
        assert_eq!(
            hex,
            concat!(
                "89504e470d0a1a0a0000000d4948445200000002000000010803000000c3fc8fb800000006504c5445000000ff00001b",
                "ff8d220000000e494441547801010300fcff00010100060003b4febc2c0000000049454e44ae426082",
            )
        );
    }
}
