//! Titles of the error codes in Chinese; the English ones are the meanings in the table of codes itself.

use guancheng_base::ErrorCode;

use crate::lang::Lang;

/// What the code means, in the reader's language.
pub fn title(code: ErrorCode, lang: Lang) -> &'static str {
    lang.pick(chinese(code), code.meaning())
}

fn chinese(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::BadRequest => "请求无法读取",
        ErrorCode::BadCursor => "翻页标记不是本系统给出的",
        ErrorCode::BadFilter => "筛选或排序条件不认识，或取值不可能",
        ErrorCode::IdempotencyKeyMissing => "每个 POST 都要带 Idempotency-Key",
        ErrorCode::NotLoggedIn => "请先登录，或附上接口令牌",
        ErrorCode::WrongLogin => "用户名与密码不符",
        ErrorCode::CsrfMissing => "以 Cookie 登录时，每次更改都要附上 X-CSRF-Token",
        ErrorCode::NotAllowed => "您可以查看，但没有做这件事的权限",
        ErrorCode::NotByYou => "按规定应当回避",
        ErrorCode::NotFound => "没有您可以查看的内容",
        ErrorCode::MoveNotPossible => "当前状态不能这样办理",
        ErrorCode::SeqConflict => "已被他人更改，请刷新后再办",
        ErrorCode::IdempotencyKeyReused => "同一个 Idempotency-Key 用在了另一个请求上",
        ErrorCode::AlreadyRuled => "该事项已经裁定",
        ErrorCode::AlreadyAsked => "同样的申请正在等待审批",
        ErrorCode::CaseClosed => "案件已经结束",
        ErrorCode::WindowPassed => "已超过可以办理的时限",
        ErrorCode::LimitReached => "已达到次数上限",
        ErrorCode::BodyTooLarge => "内容超过上限",
        ErrorCode::MediaType => "不接受这种类型的内容",
        ErrorCode::FieldMissing => "缺少必填项",
        ErrorCode::FieldInvalid => "填写的内容不符合要求",
        ErrorCode::EvidenceMissing => "缺少规定的佐证材料",
        ErrorCode::CheckFailed => "规定的检查没有通过",
        ErrorCode::ConditionFalse => "该操作不适用于本案",
        ErrorCode::ExtensionRefused => "不能这样延期",
        ErrorCode::PauseRefused => "不能这样暂停或恢复计时",
        ErrorCode::CalendarNotLoaded => "该年度的工作日历尚未录入，系统不作猜测",
        ErrorCode::PlaceUnknown => "该位置不在本市任何区域内",
        ErrorCode::RateLimited => "请求过于频繁",
        ErrorCode::Internal => "服务器内部错误，编号已记入日志",
        ErrorCode::DiskFull => "磁盘已满，未作任何记录",
        ErrorCode::Busy => "写入队列已满，请稍后再试",
    }
}
